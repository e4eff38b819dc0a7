import { exampleOf, type JsonSchema } from './openapi-examples.ts'

interface Body {
  content?: Record<string, { schema: JsonSchema; example?: unknown }>
}
interface Answer extends Body {
  description?: string
  headers?: Record<string, unknown>
}
interface Parameter {
  name: string
  in: string
  schema: JsonSchema
  example?: unknown
  description?: string
  required?: boolean
}
interface Operation {
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: Body
  responses: Record<string, Answer>
}
export interface Document {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, JsonSchema> }
}

const header = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
  example,
})

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'At most 255 characters, kept for at least a day: the same request under the same key is done once and answered the ' +
    'same again, with `Idempotent-Replayed: true`.',
  '0b7c1d52-3f0a-4a53-9d3e-0e2f4b1f6a77',
)
const IF_MATCH = header(
  'If-Match',
  'The version that a new `description` was written on, as an alternative to the field `version`.',
  '"7"',
)
const IF_NONE_MATCH = header('If-None-Match', 'The `ETag` of the snapshot that you have.', '"k3f9.42"')
const POSITION = {
  'Stream-Position': {
    description: 'The positions that include this change, one for each stream that you may read: `b:…=42, u:…=7`.',
    schema: { type: 'string' },
    example: 'b:019a9d1e-5f00-7000-8000-000000000001=42',
  },
}
const ETAG = { ETag: { description: '`"<epoch>.<seq>"`', schema: { type: 'string' }, example: '"k3f9.42"' } }
const VERSION = {
  ETag: { description: 'The version, as `If-Match` takes it.', schema: { type: 'string' }, example: '"7"' },
}

const SIGN_IN = { 401: { description: 'Nobody is signed in.' } }
const BUSY = { 503: { description: 'A store is not reachable. `Retry-After` says when to try again.' } }
const REPEATS = {
  409: { description: '`idempotency.in_progress`: the first request with this key is still at work.' },
  422: { description: '`idempotency.mismatch`: this key was used for another request.' },
}
const TOO_OFTEN = {
  429: { description: 'Too many changes in a short time. `Retry-After` says when to go on.' },
}

/** Asked by a body, since there is much to say; nothing changes. */
const QUESTIONS = new Set(['/api/recurrence/preview'])

/** Adds to the routes' own words what holds for all of them, and an example wherever there is none. */
export function describeAll(document: Document): Document {
  const schemas = document.components?.schemas ?? {}
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      const isOurs = !path.startsWith('/api/auth/')
      const isWrite = isOurs && method !== 'get' && operation.security?.length !== 0
      const isChange = isWrite && !QUESTIONS.has(path)
      const isTaskEdit = path === '/api/tasks/{id}' && method === 'patch'
      if (isChange) addParameters(operation, IDEMPOTENCY_KEY, ...(isTaskEdit ? [IF_MATCH] : []))
      if (isChange) addHeaders(operation, POSITION)
      if (path === '/api/boards/{id}' && method === 'get') {
        addParameters(operation, IF_NONE_MATCH)
        addHeaders(operation, ETAG)
      }
      if (path === '/api/tasks/{id}' && method === 'get') addHeaders(operation, VERSION)
      const signIn = isOurs && operation.security?.length !== 0 && SIGN_IN
      const shared = { ...signIn, ...(isChange && REPEATS), ...(isWrite && TOO_OFTEN), ...BUSY }
      operation.responses = { ...shared, ...operation.responses }
      for (const { in: place, schema } of operation.parameters ?? []) if (place === 'query') dropNull(schema)
      addExamples(operation, schemas)
    }
  }
  return document
}

function addParameters(operation: Operation, ...parameters: Parameter[]) {
  operation.parameters = [...(operation.parameters ?? []), ...parameters]
}

function addHeaders({ responses }: Operation, headers: Record<string, unknown>) {
  for (const [status, answer] of Object.entries(responses)) {
    if (/^[23]/.test(status)) answer.headers = { ...headers, ...answer.headers }
  }
}

/** What is read out of an address is a text: a number in it may be left out, but is never null. */
function dropNull(schema: JsonSchema) {
  if (!Array.isArray(schema.type)) return
  const types = schema.type.filter((type) => type !== 'null')
  schema.type = types.length === 1 ? types[0]! : types
}

function addExamples({ parameters = [], requestBody, responses }: Operation, schemas: Record<string, JsonSchema>) {
  for (const parameter of parameters) {
    if (parameter.in === 'path') parameter.example ??= parameter.schema.example ?? exampleOf(parameter.schema, schemas)
  }
  for (const { content = {} } of [requestBody ?? {}, ...Object.values(responses)]) {
    const json = content['application/json']
    if (json) json.example ??= exampleOf(json.schema, schemas)
  }
}
