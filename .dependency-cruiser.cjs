/**
 * Who may import whom. test/architecture plants a violation of every rule and
 * expects this file to name it.
 */
const lib = (name) => `^libs/${name}/`;
const sealingFixture = '^apps/credentials/src/commands/submit-decisions\\.fixture\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'a cycle has no first file to read',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'apps-never-import-apps',
      comment: 'services speak over HTTP and RabbitMQ, never by import',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|tools|test|bench)/' },
    },
    {
      name: 'apps-never-import-tools-or-tests',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^(tools|test|bench)/' },
    },
    {
      name: 'web-speaks-http-only',
      comment:
        'libraries are made for Node; what the page knows of the services stands in the API it ' +
        'is generated from',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^libs/' },
    },
    {
      name: 'element-knows-no-desk',
      comment: 'it is embedded in the pages of others, and weighs what it imports',
      severity: 'error',
      from: { path: '^apps/web/src/(?!desk/)' },
      to: { path: '^apps/web/src/desk/' },
    },
    {
      name: 'libs-by-their-index',
      comment:
        'a library is used through its index (written #name), never by reaching into its files',
      severity: 'error',
      from: { path: '^(apps|tools|bench)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/[^/]+/(src|in-memory)/index\\.ts$' },
    },
    {
      name: 'libs-use-each-other-by-their-index',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: {
        path: '^libs/[^/]+/',
        pathNot: ['^libs/$1/', '^libs/[^/]+/(src|in-memory)/index\\.ts$'],
      },
    },
    {
      name: 'only-tests-use-doubles',
      comment: 'what is kept in memory is gone with the process',
      severity: 'error',
      from: {
        path: '^(apps|libs|tools|bench)/',
        pathNot: ['\\.test\\.ts$', '^libs/[^/]+/in-memory/'],
      },
      to: { path: '^libs/[^/]+/in-memory/' },
    },
    {
      name: 'domain-knows-no-framework-or-database',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/domain/' },
      to: {
        path: [
          'node_modules/(@nestjs|typeorm|pg|amqplib|fastify|undici)',
          lib('(messaging|outbox|postgres|http-server|upstream)'),
        ],
      },
    },
    {
      name: 'persistence-knows-nobody-above',
      comment:
        'statements, and the rows that they return, are at the bottom: whoever uses them ' +
        'imports them, and is not imported',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/persistence/' },
      to: { path: '^apps/$1/src/', pathNot: '^apps/$1/src/(persistence|domain)/' },
    },
    {
      name: 'bench-borrows-statements-only',
      comment:
        'the baseline runs the very statements and encryption of the service, so that it cannot ' +
        'drift from them; the rest is what it is compared with',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^(apps|test)/', pathNot: '^apps/credentials/src/(persistence|domain|custody)/' },
    },
    {
      name: 'only-custody-opens-a-secret',
      comment:
        'the envelope library can turn ciphertext into a secret; one folder may call it, and ' +
        'the baseline of the benchmarks, which opens the same ring, and a fixture that seals',
      severity: 'error',
      from: {
        path: '^(apps|tools|bench)/',
        pathNot: ['^(apps/credentials/src/custody|bench/baseline)/', sealingFixture],
      },
      to: { path: lib('envelope') },
    },
    {
      name: 'plaintext-has-one-door',
      comment:
        'a secret becomes a string where it is sealed or compared by a test, and where the ' +
        'answer to a reveal is written, that of the baseline of the benchmarks too',
      severity: 'error',
      from: {
        path: '^(apps|tools|bench)/',
        pathNot: [
          '^apps/credentials/src/(custody/(vault|secret-text)|http/secrets)(\\.test)?\\.ts$',
          '^bench/baseline/reveal\\.ts$',
          sealingFixture,
        ],
      },
      to: { path: '^apps/credentials/src/custody/reveal-plaintext' },
    },
    {
      name: 'envelope-knows-no-domain',
      severity: 'error',
      from: { path: lib('envelope') },
      to: { path: '^libs/', pathNot: [lib('envelope'), lib('private-files')] },
    },
    {
      name: 'batching-knows-nobody',
      comment: 'what is in a batch is none of its business: it is tried with pure functions',
      severity: 'error',
      from: { path: lib('batching'), pathNot: '\\.test\\.ts$' },
      to: { path: ['^libs/', 'node_modules/'], pathNot: lib('batching') },
    },
    {
      name: 'amqplib-only-in-messaging',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: lib('messaging') },
      to: { path: 'node_modules/amqplib' },
    },
    {
      name: 'migrations-start-light',
      comment: 'they run before every start of a service, and load no framework and no HTTP',
      severity: 'error',
      from: {
        path: [
          '^libs/(config|idempotency|outbox|postgres|problem|waiting)/',
          '^apps/[^/]+/src/(migrate|persistence/(schema|migrations))',
        ],
      },
      to: {
        path: [
          'node_modules/(@nestjs|fastify)',
          lib('(contracts|http-server|telemetry|messaging|lifecycle|backing-services)'),
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'production-code-imports-no-dev-dependency',
      comment: 'the page is built before it is served, with all that it is made of',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.test\\.ts$', '^apps/web/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'dist is made by the build, which need not have run yet',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
