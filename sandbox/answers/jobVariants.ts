import type { JobForm } from '../server/jobs';

/** The documented deviations in responses about jobs, by name. */
export const JOB_VARIANTS = {
	'video-generation-id': { idName: 'generation_id' },
	'video-waiting': { words: { queued: 'waiting', generating: 'active' } },
	'video-at-once': { atOnce: true },
	'video-cost-first': { costFirst: true },
	'video-error': {
		failure: { error: { name: 'GenerationError', message: 'The prompt was refused' } },
	},
	'video-error-text': { failure: { error: 'The prompt was refused' } },
	'video-error-null': { failure: { error: null } },
	'video-unknown-status': { words: { error: 'moderated' }, failure: {} },
} satisfies Record<string, JobForm>;
