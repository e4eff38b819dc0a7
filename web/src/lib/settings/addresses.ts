const SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Addresses as people paste them: by commas, semicolons or lines, also as `Sam <sam@example.org>`. */
export function readAddresses(text: string): { addresses: string[]; wrong: string | null } {
  const parts = text
    .split(/[\n,;]+/)
    .map((part) => (/<([^>]+)>/.exec(part)?.[1] ?? part).trim())
    .flatMap((part) => (part.includes('@') ? part.split(/\s+/) : part))
    .filter(Boolean)
  const addresses = [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()]
  return { addresses, wrong: addresses.find((address) => !SHAPE.test(address)) ?? null }
}
