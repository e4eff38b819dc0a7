import type { Socket } from 'node:net'
import { type EntityManager, type MikroORM } from '@mikro-orm/postgresql'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool, PoolClient, QueryResultRow } from 'pg'

const NAMES_LIMIT = 500
const names = new Map<string, string>()

/** A statement is planned once per connection: the same text always goes by the same name, as far as names go. */
function nameOf(text: string): string | undefined {
  if (!names.has(text) && names.size < NAMES_LIMIT) names.set(text, `s${names.size}`)
  return names.get(text)
}

/**
 * One transaction on one connection. Statements leave at once and are answered in order, so those that need not wait
 * for each other are simply not awaited one by one; what `later` collects leaves together with the commit.
 */
export class Transaction {
  readonly #client: PoolClient
  readonly #orm: MikroORM
  readonly #opening: Promise<unknown>
  #em: EntityManager | undefined
  #held = false
  #isOver = false
  #later: [text: string, values: unknown[]][] = []

  constructor(client: PoolClient, orm: MikroORM, begin: string, enter: [text: string, values: unknown[]]) {
    this.#client = client
    this.#orm = orm
    this.#holdWrites()
    this.#opening = Promise.all([client.query(begin), this.#send(...enter)])
    this.#opening.catch(() => {})
  }

  async sql<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    try {
      return (await this.#send<Row>(text, values)).rows
    } catch (error) {
      await this.#opening
      throw error
    }
  }

  later(text: string, values: unknown[] = []): void {
    this.#later.push([text, values])
  }

  /** The ORM's unit of work inside this transaction, for what is not on a hot path. */
  get em(): EntityManager {
    this.#em ??= this.#forkOrm()
    return this.#em
  }

  /** Sends what is still owed, then `last`, then the commit, in one write; answers the rows of `last`. */
  async commit<Row extends QueryResultRow>(last?: [text: string, values: unknown[]]): Promise<Row[]> {
    await this.#em?.flush()
    const owed = this.#later.map((statement) => this.#send(...statement))
    const final = last && this.#send<Row>(...last)
    this.#holdWrites()
    this.#isOver = true
    const results = await Promise.allSettled([...owed, final, this.#client.query('commit')])
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    return final ? (await final).rows : []
  }

  async rollback(): Promise<void> {
    this.#isOver = true
    await this.#client.query('rollback')
  }

  #send<Row extends QueryResultRow>(text: string, values: unknown[]) {
    // What still runs when its sibling has failed must not speak on a connection that may be somebody else's by now.
    if (this.#isOver) throw new Error('The transaction is over.')
    this.#holdWrites()
    return this.#client.query<Row>({ name: nameOf(text), text, values })
  }

  /** What is sent in one turn of the loop leaves in one write: a system call costs more than a statement. */
  #holdWrites() {
    if (this.#held) return
    this.#held = true
    const { stream } = (this.#client as unknown as { connection: { stream: Socket } }).connection
    stream.cork()
    process.nextTick(() => {
      this.#held = false
      stream.uncork()
    })
  }

  #forkOrm(): EntityManager {
    const client = this.#client
    const held = { query: client.query.bind(client), release() {} }
    const pool = { connect: async () => held, end: async () => {} } as unknown as Pool
    const em = this.#orm.em.fork({ clear: true, useContext: false }) as EntityManager
    em.setTransactionContext(new Kysely({ dialect: new PostgresDialect({ pool }) }))
    return em
  }
}
