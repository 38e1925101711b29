import { elapsedMs, pause, stopwatch } from '../../../machine-clock.js';
import { everyDoor, type Nemesis } from './nemesis.js';

const PATIENCE_MS = 1_000;

/** kill -9 of a server process with orders on their way; a new one takes its place. */
export const killWriter: Nemesis = async ({ arena, random, owed }) => {
  const writer = random.pick(arena.writers);
  const since = stopwatch();
  while (writer.waiting < 2 && elapsedMs(since) < PATIENCE_MS) await pause(1);
  const { waiting } = writer;
  writer.kill();
  owed([writer.name]);
  return `${writer.name} killed with ${waiting} orders on their way`;
};

/** A process that stands still in the middle of a batch and wakes up later, as if nothing had been. */
export const freezeWriter: Nemesis = async ({ arena, random, owed }) => {
  const writer = random.pick(arena.writers);
  const ms = random.between(300, 900);
  const { waiting } = writer;
  writer.freeze();
  await pause(ms);
  writer.thaw();
  owed([writer.name]);
  return `${writer.name} frozen for ${ms} ms with ${waiting} orders on their way`;
};

/** The request has gone, the reply never comes: what was asked has happened, and nobody is told. */
export const swallowReplies: Nemesis = async ({ arena, random, owed }) => {
  const name = random.pick(everyDoor(arena));
  const proxy = arena.proxies.get(name)!;
  const before = proxy.swallowed;
  proxy.swallowReplies();
  const since = stopwatch();
  while (proxy.swallowed === before && elapsedMs(since) < PATIENCE_MS) await pause(1);
  await pause(20);
  owed([name]);
  return `${proxy.swallowed - before} replies to ${name} swallowed`;
};

/** Every connection of a door is cut, wherever its request may be. */
export const cutConnections: Nemesis = async ({ arena, random, owed }) => {
  const name = random.pick(everyDoor(arena));
  const count = arena.proxies.get(name)!.cut();
  owed([name]);
  return `${count} connections of ${name} cut`;
};
