import { VARIABLES } from '@taskflow/tools/launcher/variables.ts'

/** Neither a file .env nor the shell may lead a test to the stores of whoever runs it: what is set empty is set. */
export const bareEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  ...Object.fromEntries(VARIABLES.map(({ name }) => [name, ''])),
}
