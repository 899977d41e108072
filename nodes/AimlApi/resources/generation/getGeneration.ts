import { VIDEO_GENERATIONS } from '../../../shared/catalogue/endpoints';
import { InputError } from '../../../shared/run/InputError';
import type { Operation } from '../../../shared/run/operation';
import { JOB_PLACES, toJobItems, type JobKind } from '../media/jobItems';

/** GET of a job by its id: what `generate` would have returned, without starting it again. */
export const getGeneration: Operation = {
	endpoint: { ...VIDEO_GENERATIONS, method: 'GET' },
	async perform(call) {
		const kind = call.field<JobKind>('kind', 'video');
		const id = String(call.field('generationId', '')).trim();
		if (!id) {
			throw new InputError(
				"'Generation ID' is empty",
				'Enter the ID that starting the generation returned. If it is an expression, check that the field it reads exists on this item.',
			);
		}
		const { path, query } = JOB_PLACES[kind](id);
		return await toJobItems(call, kind, await call.get(path, query), {}, id);
	},
};
