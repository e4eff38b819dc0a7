import { assert, suite } from '@taskflow/tools/suite.ts'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readManifests, readStages, readYaml } from './reading.ts'

const test = suite('kubernetes manifests')
const folder = fileURLToPath(new URL('kubernetes', import.meta.url))
const kustomization = readYaml('deploy/kubernetes/kustomization.yaml')
const all = (kustomization.resources as string[]).flatMap((file) => readManifests(`deploy/kubernetes/${file}`))
const ofKind = (kind: string) => all.filter((one) => one.kind === kind)
const named = (kind: string, name: string) => ofKind(kind).find(({ metadata }) => metadata.name === name)
const deployments = ofKind('Deployment')
const containerOf = (deployment: any) => deployment.spec.template.spec.containers[0]
const compose = readYaml('docker-compose.yml')

test('every file is part of the kustomization, but for the example of the secrets', () => {
  const apart = ['kustomization.yaml', 'hardening.yaml', 'secrets.example.yaml']
  const files = readdirSync(folder).filter((file) => !apart.includes(file))
  assert.deepEqual([...kustomization.resources].sort(), files.sort())
  assert.equal(kustomization.patches[0].path, 'hardening.yaml')
})

test('every part runs twice at least, is probed, bounded, and survives an eviction', () => {
  assert.deepEqual(deployments.map(({ metadata }) => metadata.name).sort(), [
    'core-api',
    'gateway',
    'realtime',
    'web',
    'worker',
  ])
  for (const deployment of deployments) {
    const { name } = deployment.metadata
    assert.ok(deployment.spec.replicas >= 2, name)
    assert.ok(containerOf(deployment).livenessProbe && containerOf(deployment).resources.limits.memory, name)
    assert.deepEqual(named('PodDisruptionBudget', name)?.spec.selector.matchLabels, { app: name })
    assert.deepEqual(deployment.spec.template.metadata.labels, deployment.spec.selector.matchLabels)
  }
})

test('ports and probes are those of compose and the images', () => {
  const stages = readStages('deploy/Dockerfile')
  for (const deployment of deployments) {
    const { name } = deployment.metadata
    const container = containerOf(deployment)
    const health = new URL(compose.services[name].healthcheck.test.at(-1))
    assert.equal(String(container.ports[0].containerPort), health.port)
    assert.equal(container.env.find((one: any) => one.name === 'PORT').value, health.port)
    const probes = [container.readinessProbe, container.livenessProbe].filter(Boolean)
    assert.ok(
      probes.some(({ httpGet }: any) => httpGet.path === health.pathname),
      `${name}: ${health.pathname}`,
    )
    const image = container.image.replace('taskflow/', '')
    assert.ok(stages.has(image) && kustomization.images.some((one: any) => one.name === container.image))
    assert.deepEqual(container.command, compose.services[name].command)
  }
})

test('the services stand where the configuration says', () => {
  const { data } = named('ConfigMap', 'taskflow')
  for (const address of [data.API_URL, `http://${data.REALTIME_NODES}`, `http://${data.WEB_NODES}`]) {
    const { hostname, port } = new URL(address)
    const service = named('Service', hostname)
    assert.equal(String(service.spec.ports[0].port), port)
    assert.deepEqual(service.spec.selector, { app: hostname })
    assert.equal(service.spec.sessionAffinity, undefined)
  }
  assert.equal(data.API_NODES, new URL(data.API_URL).host)
})

test('every secret that a part takes is in the example, and realtime, web and gateway never see the database', () => {
  const [example] = readManifests('deploy/kubernetes/secrets.example.yaml')
  const secretsOf = (name: string): string[] =>
    containerOf(named('Deployment', name)).env.flatMap((one: any) => one.valueFrom?.secretKeyRef.key ?? [])
  for (const { metadata } of deployments)
    for (const key of secretsOf(metadata.name)) assert.ok(key in example.stringData, key)
  assert.deepEqual(secretsOf('realtime'), ['REDIS_URL', 'INTERNAL_SECRET'])
  assert.deepEqual([...secretsOf('web'), ...secretsOf('gateway')], [])
  assert.deepEqual(secretsOf('worker'), secretsOf('core-api'))
})

test('core-api answers only to the gateway, realtime and web, and with realtime to whoever collects metrics', () => {
  const [rule] = named('NetworkPolicy', 'core-api').spec.ingress
  const [services, ...others] = rule.from
  assert.deepEqual(services.podSelector.matchExpressions[0].values, ['gateway', 'realtime', 'web'])
  assert.deepEqual(others, [{ namespaceSelector: { matchLabels: { 'taskflow-metrics': 'reader' } } }])
  assert.deepEqual(named('NetworkPolicy', 'metrics-of-realtime').spec.ingress[0].from, others)
})

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
const withKubectl = hasKubectl ? test : (name: string) => test.skip(name)
withKubectl('kustomize builds it, and no container may write, gain rights or be root', () => {
  const { stdout, status, stderr } = spawnSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.equal(stdout.match(/readOnlyRootFilesystem: true/g)?.length, deployments.length)
  assert.equal(stdout.match(/runAsNonRoot: true/g)?.length, deployments.length)
  assert.equal(stdout.match(/allowPrivilegeEscalation: false/g)?.length, deployments.length)
})

test.run()
