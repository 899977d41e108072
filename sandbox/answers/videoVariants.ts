import type { JobForm } from '../server/jobs';
import { describeFile, type MadeFile } from './describeFile';

/** How a model's answers about its videos differ from the usual form. */
export interface VideoVariant {
	form?: JobForm;
	/** The `video` of a completed job, other than `{ url }`. */
	video?: (made: MadeFile) => unknown;
}

/** The documented deviations, by name. */
export const VIDEO_VARIANTS = {
	'video-described': { video: describeFile },
	'video-address-list': { video: ({ url }) => [url] },
	'video-list': { video: ({ url }) => [{ url }] },
	'video-null': { video: () => null },
	'video-generation-id': { form: { idName: 'generation_id' } },
	'video-waiting': { form: { words: { queued: 'waiting', generating: 'active' } } },
	'video-at-once': { form: { atOnce: true } },
	'video-cost-first': { form: { costFirst: true } },
	'video-error': {
		form: {
			failure: { error: { name: 'GenerationError', message: 'The prompt was refused' } },
		},
	},
	'video-error-text': { form: { failure: { error: 'The prompt was refused' } } },
	'video-error-null': { form: { failure: { error: null } } },
	'video-unknown-status': { form: { words: { error: 'moderated' }, failure: {} } },
} satisfies Record<string, VideoVariant>;
