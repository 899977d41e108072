import { describeFile, type MadeFile } from './describeFile';

/** The `video` of a completed job. */
type VideoVariant = (made: MadeFile) => unknown;

/** The documented deviations from `{ url }`, by name. */
export const VIDEO_VARIANTS = {
	'video-described': describeFile,
	'video-address-list': ({ url }) => [url],
	'video-list': ({ url }) => [{ url }],
	'video-null': () => null,
} satisfies Record<string, VideoVariant>;
