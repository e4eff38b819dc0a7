import type { Deps } from './deps.ts'
import { frontDoor } from './http/front-door.ts'
import { guard } from './http/guard.ts'
import { healthRoutes } from './http/health.routes.ts'
import { addOpenApi } from './http/openapi.routes.ts'
import { answerError, noSuchRoute } from './http/problems.ts'
import { createRouter } from './http/validate.ts'
import { authRoutes } from './identity/auth.routes.ts'

export type App = ReturnType<typeof createApp>

export function createApp(deps: Deps) {
  const app = createRouter()
  app.onError(answerError(deps.log))
  app.notFound(noSuchRoute)
  app.use('*', frontDoor(deps))
  app.use('/api/*', guard(deps))

  app.route('/api', healthRoutes(deps))
  app.route('/api/auth', authRoutes(deps))

  addOpenApi(app, deps.config)
  app.get('/metrics', async (c) =>
    c.body(await deps.metrics.registry.metrics(), 200, { 'Content-Type': deps.metrics.registry.contentType }),
  )
  return app
}
