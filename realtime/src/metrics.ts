import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const labelled = <Label extends string>(name: string, help: string, label: Label) =>
    new Counter({ name, help, registers, labelNames: [label] })

  return {
    registry,
    factsHeard: counter('realtime_facts_heard_total', 'Facts that came through Redis, repeats included'),
    factsSent: counter('realtime_facts_sent_total', 'Facts passed on, once per stream'),
    framesSent: counter('realtime_frames_sent_total', 'Frames with live facts written to sockets'),
    bytesSent: counter('realtime_sent_bytes_total', 'Bytes of these frames'),
    joins: labelled('realtime_joins_total', 'Answers to join, by result', 'result'),
    refused: labelled('realtime_refused_total', 'Handshakes refused, by code', 'code'),
    closed: labelled('realtime_closed_total', 'Sockets closed by the service, by reason', 'reason'),
    evicted: counter('realtime_evicted_total', 'Memberships ended by a revocation'),
    observe(name: string, help: string, read: () => number) {
      const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) })
    },
  }
}
