import { error, redirect } from '@sveltejs/kit'
import { ApiError } from './api.ts'
import { withNext } from './safe-path.ts'

/** Null says that it could not be had just now, which a list shows by itself; what forbids the page ends it. */
export async function orNull<T>(asked: Promise<T>, here: string): Promise<T | null> {
  try {
    return await asked
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem
    if (problem.status === 401) redirect(303, withNext('/sign-in', here))
    return null
  }
}

/** For what the page cannot be without. */
export async function orPage<T>(asked: Promise<T>, here: string): Promise<T> {
  try {
    return await asked
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem
    if (problem.status === 401) redirect(303, withNext('/sign-in', here))
    error(problem.status === 400 ? 404 : problem.status || 503, problem.code)
  }
}
