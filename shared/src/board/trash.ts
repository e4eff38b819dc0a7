/** So long a task lies in the trash; then it is erased. */
export const TRASH_KEPT_DAYS = 30
