import { CHANNEL_OF_SESSIONS } from '@taskflow/shared/names.ts'
import pg from 'pg'
import { createClient } from 'redis'
import type { SessionsEnded } from './live-sessions.ts'

interface Stores {
  databaseUrl: string
  /** Missing where nothing runs that somebody could be connected to. */
  redisUrl: string | undefined
}

const DISABLE = `
  with person as (
    update auth_user set disabled_at = coalesce(disabled_at, now()) where lower(email) = lower($1) returning id
  ), ended as (delete from auth_session where user_id in (select id from person))
  select id from person`
const ENABLE = 'update auth_user set disabled_at = null where lower(email) = lower($1) returning id'

/** The command of the one who runs Taskflow: `disable` or `enable`, and an e-mail address. Answers what there is to say. */
export async function changeAccount([act, email]: string[], stores: Stores): Promise<string> {
  if ((act !== 'disable' && act !== 'enable') || !email)
    throw new Error('Say "disable" or "enable", and an e-mail address.')
  const client = new pg.Client({ connectionString: stores.databaseUrl, application_name: 'taskflow-account' })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(act === 'disable' ? DISABLE : ENABLE, [email])
    if (!rows[0]) throw new Error(`Nobody has the address ${email} here.`)
    if (act === 'enable') return `${email} may sign in again.`
    const disabled = `${email} is disabled: signed out everywhere, and cannot sign in.`
    const isTold = !stores.redisUrl || (await announce(stores.redisUrl, { userId: rows[0].id, sessionIds: 'all' }))
    return isTold ? disabled : `${disabled} Redis could not be told: what they have open now may stay live for minutes.`
  } finally {
    await client.end()
  }
}

/** Requests are refused by what the database says; sockets have to be told. */
async function announce(redisUrl: string, ended: SessionsEnded): Promise<boolean> {
  const socket = { connectTimeout: 2_000, reconnectStrategy: false as const }
  const client = createClient({ url: redisUrl, RESP: 2, disableClientInfo: true, socket })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.publish(CHANNEL_OF_SESSIONS, JSON.stringify(ended))
    return true
  } catch {
    return false
  } finally {
    client.destroy()
  }
}
