import { FakeClock } from './fake-clock.ts'
import { ModelHttp } from './model-http.ts'
import { ModelNode } from './model-node.ts'
import { ModelServer } from './model-server.ts'

/** A server, a realtime node and a network, all in memory and in a time of their own. */
export function createModelWorld(seed?: number) {
  const clock = new FakeClock(seed)
  const http = new ModelHttp(clock, () => server)
  const node = new ModelNode(clock, () => server)
  const server = new ModelServer(
    () => clock.now(),
    (facts) => {
      node.publish(facts)
      http.published()
    },
  )
  return { clock, http, node, server }
}

export type ModelWorld = ReturnType<typeof createModelWorld>
