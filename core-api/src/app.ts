import type { Deps } from './deps.ts'
import { frontDoor } from './http/front-door.ts'
import { guard } from './http/guard.ts'
import { healthRoutes } from './http/health.routes.ts'
import { internalDoor } from './http/internal-door.ts'
import { addOpenApi } from './http/openapi.routes.ts'
import { answerError, noSuchRoute } from './http/problems.ts'
import { createRouter } from './http/validate.ts'
import { attachmentsRoutes } from './attachments/attachments.routes.ts'
import { avatarsRoutes } from './avatars/avatars.routes.ts'
import { authRoutes } from './identity/auth.routes.ts'
import { myDeliveriesRoutes } from './deliveries/my-deliveries.routes.ts'
import { unsubscribeRoutes } from './mail/unsubscribe.routes.ts'
import { operationsRoutes } from './operations/operations.routes.ts'
import { boardsRoutes } from './boards/boards.routes.ts'
import { columnsRoutes } from './columns/columns.routes.ts'
import { commentsRoutes } from './comments/comments.routes.ts'
import { historyRoutes } from './history/history.routes.ts'
import { internalRoutes } from './streams/internal.routes.ts'
import { invitationsRoutes } from './invitations/invitations.routes.ts'
import { labelsRoutes } from './labels/labels.routes.ts'
import { meRoutes } from './me/me.routes.ts'
import { membersRoutes } from './members/members.routes.ts'
import { notificationsRoutes } from './notifications/notifications.routes.ts'
import { preferencesRoutes } from './preferences/preferences.routes.ts'
import { remindersRoutes } from './reminders/reminders.routes.ts'
import { pushRoutes } from './push/push.routes.ts'
import { recurrenceRoutes } from './recurrence/recurrence.routes.ts'
import { rolesRoutes } from './roles/roles.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { streamsRoutes } from './streams/streams.routes.ts'
import { taskActsRoutes } from './tasks/task-acts.routes.ts'
import { taskListsRoutes } from './tasks/task-lists.routes.ts'
import { tasksRoutes } from './tasks/tasks.routes.ts'
import { personalWebhookRoutes } from './webhooks/personal-webhook.routes.ts'
import { webhooksRoutes } from './webhooks/webhooks.routes.ts'
import { workspacesRoutes } from './workspaces/workspaces.routes.ts'

export type App = ReturnType<typeof createApp>

export function createApp(deps: Deps) {
  const app = createRouter()
  app.onError(answerError(deps.log))
  app.notFound(noSuchRoute)
  app.use('*', frontDoor(deps))
  app.use('/api/*', guard(deps))
  app.use('/internal/*', internalDoor(deps.config))

  app.route('/api', healthRoutes(deps))
  app.route('/api/auth', authRoutes(deps))
  app.route('/', meRoutes(deps))
  app.route('/', avatarsRoutes(deps))
  app.route('/', workspacesRoutes(deps))
  app.route('/', membersRoutes(deps))
  app.route('/', invitationsRoutes(deps))
  app.route('/', rolesRoutes(deps))
  app.route('/', boardsRoutes(deps))
  app.route('/', columnsRoutes(deps))
  app.route('/', labelsRoutes(deps))
  app.route('/', tasksRoutes(deps))
  app.route('/', taskActsRoutes(deps))
  app.route('/', taskListsRoutes(deps))
  app.route('/', recurrenceRoutes(deps))
  app.route('/', webhooksRoutes(deps))
  app.route('/', personalWebhookRoutes(deps))
  app.route('/', pushRoutes(deps))
  app.route('/', searchRoutes(deps))
  app.route('/', historyRoutes(deps))
  app.route('/', commentsRoutes(deps))
  app.route('/', attachmentsRoutes(deps))
  app.route('/', notificationsRoutes(deps))
  app.route('/', preferencesRoutes(deps))
  app.route('/', remindersRoutes(deps))
  app.route('/', streamsRoutes(deps))
  app.route('/', myDeliveriesRoutes(deps))
  app.route('/', operationsRoutes(deps))
  app.route('/', unsubscribeRoutes(deps))
  app.route('/internal', internalRoutes(deps))

  addOpenApi(app, deps.config)
  app.get('/metrics', async (c) =>
    c.body(await deps.metrics.registry.metrics(), 200, { 'Content-Type': deps.metrics.registry.contentType }),
  )
  return app
}
