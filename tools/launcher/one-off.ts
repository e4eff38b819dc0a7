/** Runs a command that ends by itself; what goes wrong is a sentence and an exit code. */
export async function orTell(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { message, stack } = error as Error
    console.error(process.env.LOG_LEVEL === 'debug' ? stack : message)
    process.exitCode = 1
  }
}

/** npm changes to the folder of package.json; files are named from where the command was typed. */
export function startedIn(): string {
  return process.env.INIT_CWD ?? process.cwd()
}
