import { startTestCluster } from '../../test/cluster.js';
import { openStage, type Stage, type StageOptions } from './stage.js';

/** A stage on a PostgreSQL of its own that keeps what it commits; all of it is gone when `work` ends. */
export async function onGatewayGround<Value>(
  options: StageOptions,
  work: (stage: Stage) => Promise<Value>,
): Promise<Value> {
  const cluster = await startTestCluster({ isThrowaway: false });
  process.env['RENKEI_TEST_CLUSTER'] = cluster.file;
  let stage: Stage | undefined;
  let cleared: Promise<void> | undefined;
  const clearOnce = async (): Promise<void> => {
    await stage?.stop();
    await cluster.stop();
  };
  const clear = (): Promise<void> => (cleared ??= clearOnce());
  // The processes have groups of their own: who breaks a campaign off must not leave them behind.
  const onSignal = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    stage = await openStage(options);
    return await work(stage);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await clear();
  }
}
