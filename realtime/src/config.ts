import { originsOf } from '@taskflow/shared/origins.ts'
import { z } from 'zod'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const url = (protocol: RegExp, example: string) => z.url({ protocol, error: `must be an address like ${example}` })
const webUrl = url(/^https?$/, 'https://taskflow.example.org')

const environment = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(65535, 'must be at most 65535')
    .default(3001),
  PUBLIC_URL: webUrl.default('http://localhost:8080'),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be origins, separated by commas' })))
    .optional(),
  API_URL: url(/^https?$/, 'http://127.0.0.1:3000'),
  REDIS_URL: url(/^rediss?$/, 'redis://localhost:6379'),
  INTERNAL_SECRET: z.string('is missing').min(32, 'must be at least 32 characters long'),
  RATE_LIMIT_SCALE: z.coerce.number('must be a number').positive('must be above 0').default(1),
})

export type Config = ReturnType<typeof toConfig>

export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (parsed.success) return toConfig(parsed.data)
  const faults = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0])
    return name in given ? `${name} ${message}.` : `${name} is missing.`
  })
  throw new Error([...new Set(faults)].join('\n'))
}

function toConfig(env: z.infer<typeof environment>) {
  const publicUrl = new URL(env.PUBLIC_URL).origin
  return {
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    port: env.PORT,
    publicUrl,
    allowedOrigins: env.ALLOWED_ORIGINS?.map((origin) => new URL(origin).origin) ?? originsOf(publicUrl),
    apiUrl: env.API_URL.replace(/\/+$/, ''),
    redisUrl: env.REDIS_URL,
    internalSecret: env.INTERNAL_SECRET,
    rateLimitScale: env.RATE_LIMIT_SCALE,
  }
}
