import type { RefusalSentences } from '#libs/kernel';

export type InstitutionRefusal = 'parameter_unset';

export const institutionSentences: RefusalSentences<InstitutionRefusal> = {
  parameter_unset: {
    ja: '金融機関の所定の値がまだ定められていないため、受け付けできません。',
    en: 'A value that the institution has to set is not set yet, so this cannot be accepted.',
  },
};
