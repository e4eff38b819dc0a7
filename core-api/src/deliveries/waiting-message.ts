/** What a message about a notification has to say: the reason `m.reason`, given at $1. */
export const NEWS = `json_build_object('news', json_build_object(m.notification_id || ' ' || m.reason, iso($1)))`

/**
 * A message to the same place about the same notification that waits already says this too, and no later. It begins its
 * attempts anew. Until this is committed no sender takes it, who would not see the news yet.
 */
export const JOIN_WAITING = `
  on conflict (user_id, kind, target_id, (notification_ids[1])) where status = 'queued' and purpose = 'notification'
  do update set recipient = excluded.recipient, payload = join_news(d.payload, excluded.payload),
    next_attempt_at = least(d.next_attempt_at, excluded.next_attempt_at), uncounted = d.attempts`
