// The walls of the house as rules of dependency-cruiser (docs/style.md). Every rule is an error, and its
// comment speaks to whoever breaks it. The rooms' rules come from the `dependencies.json` on each door.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const SERVERS = ['bank-core', 'gateway'];
const SPEC = '[.](api-|story-|contract-)?spec[.]tsx?$';
const PURE = '^libs/(kernel|contracts|liability)/';

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The rooms of one server with the neighbours that each names on its door. */
function roomsOf(root, app) {
  const folder = join(root, 'apps', app, 'src');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'platform')
    .map(({ name }) => {
      const door = join(folder, name, 'dependencies.json');
      if (!existsSync(door))
        throw new Error(`apps/${app}/src/${name} has no dependencies.json: name its neighbours.`);
      return { name, dependsOn: JSON.parse(readFileSync(door, 'utf8')).dependsOn };
    });
}

/** A cycle between rooms stops the build before any file is read. */
function refuseCycles(app, rooms) {
  const open = new Map(rooms.map((room) => [room.name, new Set(room.dependsOn)]));
  while (open.size > 0) {
    const free = [...open].find(([, needs]) => [...needs].every((need) => !open.has(need)));
    if (!free) throw new Error(`The rooms of ${app} form a cycle: ${[...open.keys()].join(', ')}.`);
    open.delete(free[0]);
  }
}

const wallsOfLibraries = () => [
  error(
    'no-circular',
    'Two files that need each other are one, or miss a third below them.',
    {},
    { circular: true },
  ),
  error(
    'libs-are-pure',
    'A clause must run in a test, in the console and on the server alike: no framework, no database, no Node I/O.',
    { path: PURE, pathNot: [SPEC, '^libs/[^/]+/test/'] },
    { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'] },
  ),
  error(
    'libs-never-import-apps',
    'Dependencies point down. Hand the thing in as an argument.',
    { path: '^libs/' },
    { path: '^apps/' },
  ),
  error(
    'kernel-is-the-floor',
    'Money, time and ids know no bank and no contract.',
    { path: '^libs/kernel/' },
    { path: '^libs/', pathNot: '^libs/kernel/' },
  ),
  error(
    'contracts-below-liability',
    'A clause never knows who will pay. Liability reads clauses, not the reverse.',
    { path: '^libs/contracts/' },
    { path: '^libs/', pathNot: '^libs/(contracts|kernel)/' },
  ),
  error(
    'liability-reads-clauses-only',
    'Liability reads clauses and the kernel, nothing else.',
    { path: '^libs/liability/' },
    { path: '^libs/', pathNot: '^libs/(liability|contracts|kernel)/' },
  ),
  error(
    'libs-by-the-front-door',
    'Import `#libs/<name>`. If it is not exported, ask whether it should be.',
    { path: '^(?:apps|libs|tools)/([^/]+)/', pathNot: '^tools/(campaigns|machines)/' },
    { path: '^libs/([^/]+)/', pathNot: ['^libs/[^/]+/src/index[.]ts$', '^libs/$1/', '[.]json$'] },
  ),
];

const wallsOfApps = () => [
  error(
    'apps-do-not-import-apps',
    'The apps speak over HTTP only. Shared meaning belongs in a lib.',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: '^apps/$1/' },
  ),
  error(
    'only-bank-speaks-to-bank-core',
    "One room knows the bank's address. Ask `bank` for a function.",
    { path: '^(apps|libs)/', pathNot: ['^apps/gateway/src/bank/', '^libs/bank-core-client/'] },
    { path: '^libs/bank-core-client/' },
  ),
  error(
    'oidc-provider-in-authorization-only',
    'The library stays behind one room, so that it can be upgraded there.',
    {
      path: '^(apps|libs)/',
      pathNot: ['^apps/gateway/src/authorization/', '^apps/[^/]+/test/', SPEC],
    },
    { path: 'node_modules/(@types/)?oidc-provider/' },
  ),
  error(
    'rooms-by-the-front-door',
    'Take what the room offers in its `index.ts`, or ask for a new function there.',
    { path: '^apps/([^/]+)/src/([^/]+)/' },
    {
      path: '^apps/$1/src/[^/]+/',
      pathNot: ['^apps/$1/src/$2/', '^apps/$1/src/platform/', '^apps/[^/]+/src/[^/]+/index[.]ts$'],
    },
  ),
  error(
    'platform-knows-no-room',
    'Platform is plumbing. Rooms plug into it from `*.module.ts`.',
    { path: '^apps/([^/]+)/src/platform/' },
    { path: '^apps/$1/src/[^/]+/', pathNot: '^apps/$1/src/platform/' },
  ),
  error(
    'domain-is-pure',
    '`domain/` holds decisions. Nest, TypeORM and I/O stay in `http/` and `storage/`.',
    { path: '/domain/', pathNot: SPEC },
    { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'core'] },
  ),
  error(
    'domain-looks-inward',
    'Read first, then decide: pass what was read as a fact.',
    { path: '^(apps/[^/]+/src/[^/]+)/domain/', pathNot: SPEC },
    {
      path: [
        '^$1/(storage|http)/',
        '^$1/[^/]+[.](service|module)[.]ts$',
        '^apps/[^/]+/src/platform/',
        '^libs/platform/',
      ],
    },
  ),
  error(
    'domain-takes-types-only',
    "Another room's answer comes in as an argument; only its type may be named here.",
    { path: '^apps/([^/]+)/src/([^/]+)/domain/', pathNot: SPEC },
    { path: '^apps/$1/src/[^/]+/', pathNot: '^apps/$1/src/$2/', dependencyTypesNot: ['type-only'] },
  ),
  error(
    'http-does-not-reach-storage',
    'An endpoint asks the service. The database drawer never sees the wire.',
    { path: '/http/', pathNot: SPEC },
    { path: '/storage/' },
  ),
  error(
    'storage-does-not-reach-http',
    'The database drawer never sees the wire.',
    { path: '/storage/', pathNot: SPEC },
    { path: '^apps/[^/]+/src/[^/]+/http/' },
  ),
  error(
    'typeorm-in-storage-only',
    'One drawer knows the database.',
    {
      path: '^apps/',
      pathNot: [
        '/storage/',
        '/platform/',
        '[.]module[.]ts$',
        '/migrations/',
        '/seeds/',
        '/test/',
        SPEC,
      ],
    },
    { path: 'node_modules/(@types/)?(typeorm|pg)/' },
  ),
  error(
    'rows-stay-in-storage',
    'Return the noun from `domain/`, not the row.',
    { pathNot: ['/storage/', '[.]module[.]ts$'] },
    { path: '[.]row[.]ts$' },
  ),
  error(
    'no-test-code-in-production',
    'Production never imports a fake.',
    { path: '^(apps/[^/]+/src|libs)/', pathNot: [SPEC, '^libs/testing/', '/test/'] },
    { path: [SPEC, '[.]memory[.]ts$', '^libs/testing/', '/test/fixtures/'] },
  ),
  error(
    'no-dev-dependency-in-production',
    'It will be missing in the image. Move it to `dependencies`, or the code to `tools/`.',
    { path: '^(apps/[^/]+/src|libs)/', pathNot: [SPEC, '^libs/testing/', '/test/'] },
    {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['type-only'],
      pathNot: 'node_modules/@types/',
    },
  ),
  error('not-to-unresolvable', 'Nobody declared this dependency.', {}, { couldNotResolve: true }),
  error(
    'no-orphans',
    'Delete it or wire it.',
    {
      orphan: true,
      path: '^(apps|libs)/',
      pathNot: [
        SPEC,
        '/src/main[.]ts$',
        '/migrations/',
        '/seeds/',
        '/test/',
        '/openapi/',
        '[.]d[.]ts$',
        '[.]json$',
      ],
    },
    {},
  ),
];

/** One rule per room: it may import itself, platform and the neighbours it names. */
function wallsOfRooms(root) {
  return SERVERS.flatMap((app) => {
    const rooms = roomsOf(root, app);
    refuseCycles(app, rooms);
    return rooms.map(({ name, dependsOn }) =>
      error(
        `${app}/${name}-neighbours`,
        "Name the new neighbour in this room's `dependencies.json`, in its own commit, with the reason.",
        { path: `^apps/${app}/src/${name}/`, pathNot: SPEC },
        {
          path: `^apps/${app}/src/[^/]+/`,
          pathNot: [name, 'platform', ...dependsOn].map((room) => `^apps/${app}/src/${room}/`),
        },
      ),
    );
  });
}

/** All rules for the house at `root`; throws where a room has no door or the rooms form a cycle. */
const boundaryRules = (root) => [...wallsOfLibraries(), ...wallsOfApps(), ...wallsOfRooms(root)];

module.exports = { boundaryRules };
