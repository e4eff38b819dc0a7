import { Migration } from '@mikro-orm/migrations'

export class Jobs extends Migration {
  override async up(): Promise<void> {
    const { getConstructionPlans } = await import('pg-boss')
    this.addSql(withoutTransaction(getConstructionPlans('pgboss')))

    this.addSql(`
      create table schedule (
        name text primary key,
        every_seconds int not null,
        next_at timestamptz(3) not null,
        started_at timestamptz(3),
        finished_at timestamptz(3),
        running_until timestamptz(3),
        runs bigint not null default 0,
        last_error text
      )`)
  }
}

/** Every migration runs in a transaction of its own. */
const withoutTransaction = (sql: string) => sql.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '')
