import { z } from 'zod'
import { toList } from './http/public-address.ts'
import { weakSecret } from './lib/weak-secret.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const switchOn = (byDefault: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], 'must be true or false')
    .transform((value) => value === 'true' || value === '1')
    .default(byDefault)

const wholeNumber = (least: number, most: number, byDefault: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .default(byDefault)

const url = (protocol: RegExp, example: string) => z.url({ protocol, error: `must be an address like ${example}` })
const postgresUrl = url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/taskflow')
const secret = z.string('is missing').min(32, 'must be at least 32 characters long')

const networks = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(areNetworks, 'must be addresses and networks like 10.0.3.0/24,127.0.0.1')

const environment = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  LOG_REQUESTS: switchOn(false),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65535, 3000),
  PUBLIC_URL: url(/^https?$/, 'https://taskflow.example.org').default('http://localhost:8080'),
  TRUST_PROXY: switchOn(true),
  DATABASE_URL: postgresUrl,
  DATABASE_APP_URL: postgresUrl.optional(),
  DATABASE_APP_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be a plain lower-case role name')
    .default('taskflow_app'),
  DATABASE_POOL: wholeNumber(1, 200, 10),
  REDIS_URL: url(/^rediss?$/, 'redis://localhost:6379'),
  APP_SECRET: secret,
  APP_SECRET_PREVIOUS: secret.optional(),
  INTERNAL_SECRET: secret,
  RATE_LIMIT_SCALE: z.coerce.number('must be a number').positive('must be above 0').default(1),
  DATA_DIR: z.string().default('.taskflow'),
  S3_URL: url(/^https?$/, 'https://KEY:SECRET@s3.example.org/bucket?region=eu-central-1').optional(),
  SMTP_URL: url(/^smtps?$/, 'smtp://user:password@mail.example.org:587').optional(),
  OUTBOUND_ALLOW: networks.default([]),
  MAIL_FROM: z.string().default('Taskflow <taskflow@localhost>'),
  MAIL_DELAY_MS: wholeNumber(0, 24 * 3600_000, 5 * 60_000),
  OIDC_ISSUER: url(/^https?$/, 'https://login.example.org').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(40, 'must be at most 40 characters long').default('Single sign-on'),
})

export type Config = ReturnType<typeof toConfig>
export type Environment = Record<string, string | undefined>

export class ConfigFault extends Error {}

const databaseEnvironment = environment.pick({
  DATABASE_URL: true,
  DATABASE_APP_URL: true,
  DATABASE_APP_ROLE: true,
  APP_SECRET: true,
})

export function readConfig(env: Environment = process.env) {
  return toConfig(parse(environment, env, findFaults))
}

export function readDatabaseConfig(env: Environment = process.env) {
  return toDatabaseConfig(parse(databaseEnvironment, env))
}

/** A start that cannot succeed says why in plain words and ends; a stack trace helps nobody there. */
export async function orExit<T>(attempt: () => T | Promise<T>, heading = 'Taskflow cannot start:'): Promise<T> {
  try {
    return await attempt()
  } catch (fault) {
    const words = fault instanceof Error && fault.message ? fault.message : String(fault)
    process.stderr.write(`${heading}\n${words.replace(/^/gm, '  ')}\n`)
    process.exit(1)
  }
}

/** One value at a time, so that what is wrong between values is found beside a value that is wrong by itself. */
function parse<Schema extends z.ZodObject>(
  schema: Schema,
  env: Environment,
  findMore: (sound: Partial<z.infer<Schema>>, given: Environment) => string[] = () => [],
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const sound: Record<string, unknown> = {}
  const faults = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, type]) => {
    const parsed = type.safeParse(given[name])
    if (parsed.success) sound[name] = parsed.data
    return (
      parsed.error?.issues.map(({ message }) => (name in given ? `${name} ${message}.` : `${name} is missing.`)) ?? []
    )
  })
  faults.push(...findMore(sound as Partial<z.infer<Schema>>, given))
  if (faults.length > 0) throw new ConfigFault(faults.join('\n'))
  return sound as z.infer<Schema>
}

function findFaults(env: Partial<z.infer<typeof environment>>, given: Environment): string[] {
  const faults: string[] = []
  const missing = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'].filter((name) => !given[name])
  if (missing.length > 0 && missing.length < 3) {
    faults.push(
      ...missing.map((name) => `${name} is missing: single sign-on needs issuer, client id and client secret.`),
    )
  }
  if (env.PUBLIC_URL && new URL(env.PUBLIC_URL).pathname !== '/')
    faults.push('PUBLIC_URL must be an origin without a path.')
  if (env.S3_URL && !/^https?:\/\/[^:@/]+:[^@/]+@[^/]+\/[^/?]+/.test(env.S3_URL)) {
    faults.push(
      'S3_URL must name key, secret and bucket: https://KEY:SECRET@s3.example.org/bucket?region=eu-central-1.',
    )
  }
  if (env.NODE_ENV !== 'production') return faults
  for (const name of ['APP_SECRET', 'INTERNAL_SECRET'] as const) {
    if (env[name] && weakSecret(env[name]))
      faults.push(`${name} is a placeholder: production needs a random value of its own.`)
  }
  if (env.APP_SECRET && env.APP_SECRET === env.INTERNAL_SECRET)
    faults.push('INTERNAL_SECRET must differ from APP_SECRET.')
  return faults
}

function toDatabaseConfig(env: z.infer<typeof databaseEnvironment>) {
  return {
    databaseUrl: env.DATABASE_URL,
    databaseAppUrl: env.DATABASE_APP_URL,
    databaseAppRole: env.DATABASE_APP_ROLE,
    appSecret: env.APP_SECRET,
  }
}

function toConfig(env: z.infer<typeof environment>) {
  return {
    production: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
    logRequests: env.LOG_REQUESTS,
    host: env.HOST,
    port: env.PORT,
    publicUrl: new URL(env.PUBLIC_URL).origin,
    trustProxy: env.TRUST_PROXY,
    ...toDatabaseConfig(env),
    databasePool: env.DATABASE_POOL,
    redisUrl: env.REDIS_URL,
    appSecretPrevious: env.APP_SECRET_PREVIOUS,
    internalSecret: env.INTERNAL_SECRET,
    rateLimitScale: env.RATE_LIMIT_SCALE,
    dataDir: env.DATA_DIR,
    s3Url: env.S3_URL,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    outboundAllow: env.OUTBOUND_ALLOW,
    mailDelayMs: env.MAIL_DELAY_MS,
    oidc:
      env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET
        ? {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID,
            clientSecret: env.OIDC_CLIENT_SECRET,
            name: env.OIDC_NAME,
          }
        : undefined,
  }
}

function areNetworks(networks: string[]): boolean {
  try {
    return Boolean(toList(networks))
  } catch {
    return false
  }
}
