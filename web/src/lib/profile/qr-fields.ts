// Arithmetic in the field of 256 elements that QR codes use (x^8 + x^4 + x^3 + x^2 + 1).

const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x
  LOG[x] = i
  x = x & 128 ? (x << 1) ^ 0x11d : x << 1
}

const multiply = (a: number, b: number) => (a && b ? EXP[LOG[a]! + LOG[b]!]! : 0)

/** The Reed–Solomon bytes that follow `data`. */
export function correctionOf(data: readonly number[], length: number): number[] {
  const generator = generatorOf(length)
  const rest = Array.from({ length }, () => 0)
  for (const byte of data) {
    const factor = byte ^ rest.shift()!
    rest.push(0)
    for (let i = 0; i < length; i++) rest[i]! ^= multiply(generator[i]!, factor)
  }
  return rest
}

function generatorOf(length: number): number[] {
  let terms = [1]
  for (let i = 0; i < length; i++) {
    const next = [...terms, 0]
    terms.forEach((term, at) => (next[at + 1]! ^= multiply(term, EXP[i]!)))
    terms = next
  }
  return terms.slice(1)
}
