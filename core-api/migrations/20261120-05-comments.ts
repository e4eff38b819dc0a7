import { Migration } from '@mikro-orm/migrations'

export class Comments extends Migration {
  override up(): void {
    this.addSql('drop index comment_of_task')
    this.addSql('create index comment_of_task on comment (task_id, created_at, id)')
  }
}
