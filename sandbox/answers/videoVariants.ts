import { describeFile, type MadeFile } from './describeFile';
import type { VideoVariantName } from '../models/variants';

/** What stands in `video` when a job is completed. */
type VideoVariant = (made: MadeFile) => unknown;

/** The documented deviations from `{ url }`, by name. */
export const VIDEO_VARIANTS = {
	'video-described': describeFile,
	'video-address-list': ({ url }) => [url],
	'video-list': ({ url }) => [{ url }],
	'video-null': () => null,
} satisfies Record<VideoVariantName, VideoVariant>;
