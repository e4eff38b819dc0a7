import { Migration } from '@mikro-orm/migrations'

export class Batches extends Migration {
  override up(): void {
    this.addSql(FORGET)
  }
}

/** What no job can still be at. */
const FORGET = `
create function forget_batches(p_age interval) returns void
language sql volatile security definer set search_path = public as $$
  delete from notification_batch where at < clock_timestamp() - p_age
$$`
