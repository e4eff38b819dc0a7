import { Migration } from '@mikro-orm/migrations'
import { FOLLOW_TASK, RETRACT } from './inbox-functions.ts'
import { NOTIFY } from './notify-people.ts'

export class InboxRows extends Migration {
  override up(): void {
    this.addSql(`
      alter table notification drop constraint notification_user_id_subject_id_key,
        add unique (user_id, subject_id, shown), add column comment_id uuid`)
    this.addSql(`
      update notification n set comment_id = c.id from comment c
      where c.task_id = n.task_id and c.created_at = n.latest_at and n.latest_type = 'comment.created'`)
    this.addSql('drop function notify_people(uuid, timestamptz, uuid, json)')
    this.addSql(NOTIFY)
    this.addSql('drop function follow_task(uuid, uuid, uuid, text)')
    this.addSql(FOLLOW_TASK)
    this.addSql(RETRACT)
  }
}
