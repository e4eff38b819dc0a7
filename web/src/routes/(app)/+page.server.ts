import { readRecent, RECENT_COOKIE } from '#lib/activity/recent-boards.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ cookies }) => ({
  recent: readRecent(cookies.get(RECENT_COOKIE)),
  areStepsHidden: cookies.get('steps') === 'hidden',
})
