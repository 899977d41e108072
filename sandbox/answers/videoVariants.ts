import { describeFile } from './describeFile';
import type { MadeFile } from './describeFile';

/** What stands in `video` when a job is completed. */
type VideoForm = (made: MadeFile) => unknown;

/** The documented deviations from `{ url }`, by name. */
export const videoForms = {
	'video-described': describeFile,
	'video-address-list': ({ url }) => [url],
	'video-list': ({ url }) => [{ url }],
	'video-null': () => null,
} satisfies Record<string, VideoForm>;

export type VideoFormName = keyof typeof videoForms;
