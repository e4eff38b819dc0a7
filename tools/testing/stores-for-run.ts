export async function startTestStores(_root: string) {
  return { env: {} as Record<string, string>, close: async () => {} }
}
