import { Migration } from '@mikro-orm/migrations'

export class PushSessions extends Migration {
  override up(): void {
    // Of those of before it is not known which sign-in they belong to: their devices are to ask again.
    this.addSql('delete from push_subscription')
    this.addSql(`
      alter table push_subscription
        add column session_id uuid references auth_session on delete cascade`)
    this.addSql('create index push_subscription_of_session on push_subscription (session_id)')
  }
}
