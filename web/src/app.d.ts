import type { Locale } from '#lib/messages/locale.ts'
import type { Me } from '#lib/session.ts'
import type { Theme } from '#lib/ui/theme.ts'

declare global {
  namespace App {
    interface Error {
      code?: string
      requestId?: string
    }
    interface Locals {
      me: Me | null
      isApiDown: boolean
      locale: Locale
      theme: Theme
    }
    interface PageData {
      title?: string
    }
  }
}
