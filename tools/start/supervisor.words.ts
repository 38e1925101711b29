import type { Words } from '#libs/kernel';
import { Failure } from '../failure.js';

export const eventWords = {
  ended: (name: string): Words => ({
    ja: `${name} が終了したため再起動します。`,
    en: `${name} ended; starting it again.`,
  }),
  restarted: (name: string): Words => ({ ja: `${name} が戻りました。`, en: `${name} is back.` }),
};

export const schemaIsOld = (variable: string): Failure =>
  new Failure({
    ja: `${variable} のデータベースの表が古いままです。${variable}_OWNER に所有者の接続先を指定すると、起動時に更新します。`,
    en:
      `The tables in the database of ${variable} are out of date; set ${variable}_OWNER ` +
      `to its owner's URL and they are brought up to date at start.`,
  });

export const serverDoesNotStart = (reason: string): Failure =>
  new Failure({
    ja: `サーバーが起動しません: ${reason} くわしくは .renkei/log を見てください。`,
    en: `A server does not start: ${reason} See .renkei/log for more.`,
  });
