export { startCluster, type Cluster, type ClusterOptions } from './cluster.js';
export { placeForCluster } from './place.js';
export { accountForPostgres } from './account.js';
