/** A published envelope: its head is known, its text is passed on as it came. */
export interface Fact {
  stream: string
  epoch: string
  seq: number
  type: string
  text: string
}

const HEAD =
  /^\{"stream":"([^"\\]+)","epoch":"([^"\\]+)","seq":(\d{1,15}),"txn":"[^"\\]*","at":"[^"\\]*","type":"([^"\\]+)"/

export function readFact(text: string): Fact | null {
  const head = HEAD.exec(text)
  return head ? { stream: head[1]!, epoch: head[2]!, seq: Number(head[3]), type: head[4]!, text } : readParsed(text)
}

function readParsed(text: string): Fact | null {
  try {
    return toFact(JSON.parse(text), text)
  } catch {
    return null
  }
}

export function toFact(envelope: unknown, text = JSON.stringify(envelope)): Fact | null {
  const { stream, epoch, seq, type } = (envelope ?? {}) as Partial<Fact>
  if (typeof stream !== 'string' || typeof epoch !== 'string' || typeof type !== 'string') return null
  return Number.isSafeInteger(seq) && seq! > 0 ? { stream, epoch, seq: seq!, type, text } : null
}
