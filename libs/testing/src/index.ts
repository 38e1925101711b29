export { FixedClock } from './fixed-clock.js';
export { openBrowser, type TestBrowser, type VisitorOptions } from './open-browser.js';
export { rowsVisited } from './rows-visited.js';
export {
  startDatabases,
  testCluster,
  type TestDatabase,
  type TestDatabases,
} from './start-databases.js';
export { startServers, type TestSystem } from './start-servers.js';
export {
  approve,
  fillAsHolder,
  FormBrowser,
  isLanding,
  oneTimePassword,
  Page,
  refuse,
} from '../../../tools/http/index.js';
export type { HolderSecrets, Landing, LocalFetch } from '../../../tools/http/index.js';
