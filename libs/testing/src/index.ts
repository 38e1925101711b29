export { FixedClock } from './fixed-clock.js';
export {
  startDatabases,
  testCluster,
  type TestDatabase,
  type TestDatabases,
} from './start-databases.js';
