export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  format?: string
  example?: unknown
  default?: unknown
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  minimum?: number
  minLength?: number
}

const ID = '019a9d1e-5f00-7000-8000-000000000001'
const AT = '2026-11-20T09:30:00.123Z'

/** What fields of these names hold; each is used only where it fits the type. */
const NAMED: Record<string, unknown> = {
  title: 'Fix the sign-in page',
  name: 'Website',
  description: 'It says **no** to everybody.',
  body: 'Looks good to me.',
  email: 'sam@example.org',
  key: 'WEB-42',
  number: 42,
  seq: 42,
  head: 42,
  epoch: 'k3f9',
  position: 'a1V',
  role: 'member',
  color: 'blue',
  timeZone: 'Europe/Lisbon',
  zone: 'Europe/Lisbon',
  locale: 'en',
  date: '2026-12-24',
  time: '17:30',
  url: 'https://example.org/',
  'events[]': 'task.*',
  from: '22:00',
  to: '07:00',
  next: null,
  archivedAt: null,
  deletedAt: null,
  closedAt: null,
  image: null,
  recurrence: null,
}

const BY_FORMAT: Record<string, unknown> = {
  uuid: ID,
  'date-time': AT,
  date: '2026-12-24',
  email: 'sam@example.org',
  uri: 'https://example.org/',
}

/** A value that fits the schema, as a reader of the reference would like to see it. */
export function exampleOf(schema: JsonSchema, schemas: Record<string, JsonSchema>, name = ''): unknown {
  const inner = (one: JsonSchema, as = name) => exampleOf(one, schemas, as)
  if (schema.$ref) return inner(schemas[schema.$ref.split('/').at(-1)!]!)
  if (schema.example !== undefined) return schema.example
  const types = [schema.type ?? []].flat()
  if (name in NAMED && isOneOf(NAMED[name], types, schema.enum)) return NAMED[name]
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  const options = schema.anyOf ?? schema.oneOf
  if (options) return inner(options.find(({ type }) => type !== 'null')!)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => inner(one)))
  if (schema.prefixItems) return schema.prefixItems.map((one) => inner(one, ''))
  if (types.includes('array')) return schema.items ? [inner(schema.items, `${name}[]`)] : []
  if (types.includes('object')) {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, one]) => [field, inner(one, field)]))
  }
  if (types.includes('string')) return BY_FORMAT[schema.format ?? ''] ?? textFor(schema, name)
  if (types.includes('integer') || types.includes('number'))
    return schema.minimum && schema.minimum > 1 ? schema.minimum : 1
  return types.includes('boolean') ? true : null
}

const textFor = ({ minLength = 0 }: JsonSchema, name: string) =>
  /(At|Since|Until)$/.test(name) ? AT : 'text'.padEnd(minLength, '-text')

function isOneOf(value: unknown, types: string[], allowed?: unknown[]): boolean {
  const type = value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value
  return types.includes(type) && (!allowed || allowed.includes(value))
}
