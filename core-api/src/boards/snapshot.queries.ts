import type { TaskCard } from '@taskflow/shared/dto/task.ts'

const text = (value: string) => `"«${value}»"`
const plain = (value: string) => `«${value}»`
const json = (value: string) => plain(`to_json(${value})`)
const orNull = (value: string) => plain(`coalesce(${value}, 'null')`)
const textOrNull = (value: string) => orNull(`'"' || ${value} || '"'`)
const ids = (value: string) => plain(`case when ${value} = '{}' then '[]' else array_to_json(${value})::text end`)

/** A card as JSON, with the expressions between «». */
const CARD: Record<keyof TaskCard, string> = {
  id: text('id'),
  boardId: text('board_id'),
  columnId: text('column_id'),
  number: plain('number'),
  position: text('position'),
  title: json('title'),
  hasDescription: plain(`case description when '' then 'false' else 'true' end`),
  priority: text('priority'),
  assigneeIds: ids('assignee_ids'),
  labelIds: ids('label_ids'),
  start: orNull('start::text'),
  due: orNull('due::text'),
  parentId: textOrNull('parent_id'),
  blockedByIds: ids('blocked_by_ids'),
  checklist: plain(
    `case checklist_total when 0 then 'null' else '{"done":' || checklist_done || ',"total":' || checklist_total || '}' end`,
  ),
  commentCount: plain('comment_count'),
  attachmentCount: plain('attachment_count'),
  recurrence: orNull('recurrence::text'),
  closedAt: textOrNull('iso(closed_at)'),
  createdBy: textOrNull('created_by'),
  updatedAt: text('iso(updated_at)'),
  version: plain('version'),
}

/** One concatenation: for thousands of rows half the time of what `json_agg` takes to look up each field of each row. */
const concatenation = (fields: Record<string, string>) =>
  `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${value}`)
    .join(',')}}`
    .split(/«(.*?)»/)
    .map((part, i) => (i % 2 === 0 ? `'${part}'` : `(${part})`))
    .join(' || ')

export const TASKS = `
  select ${concatenation(CARD)} as json
  from task where board_id = $1 and deleted_at is null and archived_at is null`

export const COLUMNS = `
  select row_to_json(c)::text as json from (
    select id, board_id as "boardId", name, position, color, wip_limit as "wipLimit", wip_mode as "wipMode", done, version
    from board_column where board_id = $1 order by position, id
  ) c`

export const LABELS = `
  select row_to_json(l)::text as json from (
    select id, name, color, version from label where workspace_id = $1 order by lower(name)
  ) l`

export const MEMBERS = `
  select row_to_json(p)::text as json from (
    select u.id, u.name, u.image, m.role, bm.role as "boardRole"
    from board b join workspace_member m on m.workspace_id = b.workspace_id
    join auth_user u on u.id = m.user_id
    left join board_member bm on bm.board_id = b.id and bm.user_id = m.user_id
    where b.id = $1 and (bm.user_id is not null or (b.visibility = 'workspace' and m.role <> 'guest'))
    order by u.name, u.id
  ) p`
