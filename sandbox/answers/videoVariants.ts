import { describeFile, type MadeFile } from './describeFile';
import type { VideoVariantName } from '../models/variants';

/** The `video` of a completed job. */
type VideoVariant = (made: MadeFile) => unknown;

/** The documented deviations from `{ url }`, by name. */
export const VIDEO_VARIANTS = {
	'video-described': describeFile,
	'video-address-list': ({ url }) => [url],
	'video-list': ({ url }) => [{ url }],
	'video-null': () => null,
} satisfies Record<VideoVariantName, VideoVariant>;
