import { VIDEO_GENERATIONS } from '../../../shared/models/endpoints';
import { InputError } from '../../../shared/errors/InputError';
import type { Operation } from '../../run/operation';
import { toJobItems } from '../../media/jobItems';
import { isJobKind, JOB_KINDS } from '../../media/jobKinds';

/** GET of a job by its id: what starting it would have returned, without starting it again. */
export const getGeneration: Operation = {
	endpoint: { ...VIDEO_GENERATIONS, method: 'GET' },
	async perform(call) {
		const kind = String(call.field('kind', 'video'));
		if (!isJobKind(kind)) {
			throw new InputError(
				`'Kind' has the unknown value '${kind}'`,
				`Use one of ${Object.keys(JOB_KINDS).join(', ')}.`,
			);
		}
		const id = String(call.field('generationId', '')).trim();
		if (!id) {
			throw new InputError(
				"'Generation ID' is empty",
				'Enter the ID that starting the generation returned. If it is an expression, check that the field it reads exists on this item.',
			);
		}
		const { path, query } = JOB_KINDS[kind].place(id);
		return await toJobItems(call, kind, await call.get(path, query), {}, id);
	},
};
