import { chainPartnerBreach } from './chain-partner-breach.js';
import { securityDeficiency } from './security-deficiency.js';
import { Story, type ToldStory } from './story.js';
import { filesOf, type ExampleFile } from './story-files.js';
import { theft } from './theft.js';

/** The stories of `docs/examples`, by the name of their folder. */
export const STORIES: Readonly<Record<string, (story: Story) => Promise<ToldStory>>> = {
  'security-deficiency': securityDeficiency,
  'chain-partner-breach': chainPartnerBreach,
  theft,
};

/** Tells one story with servers of its own. Needs the cluster of a test run (RENKEI_TEST_CLUSTER). */
export async function told(
  tell: (story: Story) => Promise<ToldStory>,
  say?: (word: string) => void,
): Promise<ExampleFile[]> {
  const story = await Story.open(say);
  try {
    return await filesOf(await tell(story));
  } finally {
    await story.close();
  }
}
