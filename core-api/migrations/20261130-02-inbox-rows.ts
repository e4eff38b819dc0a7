import { Migration } from '@mikro-orm/migrations'
import { FOLLOW_TASK } from './inbox-functions.ts'
import { NOTIFY } from './notify-people.ts'

export class InboxRows extends Migration {
  override up(): void {
    this.addSql(`
      alter table notification drop constraint notification_user_id_subject_id_key,
        add unique (user_id, subject_id, shown)`)
    this.addSql('drop function notify_people(uuid, timestamptz, uuid, json)')
    this.addSql(NOTIFY)
    this.addSql('drop function follow_task(uuid, uuid, uuid, text)')
    this.addSql(FOLLOW_TASK)
  }
}
