import type { INodeProperties } from 'n8n-workflow';
import { modelField } from '../../../shared/descriptions/model';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';
import { ApiError } from '../../../shared/errors/ApiError';
import { InputError } from '../../../shared/errors/InputError';
import { isRecord } from '../../../shared/json';
import { MODEL } from '../../../shared/models/endpoints';
import { parseModel } from '../../../shared/models/model';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { Operation } from '../../run/operation';
import { simplify } from '../../run/simplify';
import { toModelItem } from './modelItem';

/** Fields of 'Get a Model'. */
export const getFields: INodeProperties[] = [
	{ ...modelField, description: 'The model to look up, by its ID or an alias' },
	simplifyField,
	lookUpOptionsField,
];

/** GET /model/{id} */
export const getModel: Operation = {
	endpoint: MODEL,
	isModelFixed: true,
	async execute(context) {
		const response = await context.get(`${MODEL.path}/${toPath(context.model)}`, {
			include: 'all',
		});
		return await simplify(context, response, () => {
			const model = parseModel(isRecord(response.json) ? response.json.data : undefined);
			if (!model) throw new ApiError(unexpectedResponseError(response, 'model'));
			return [{ json: toModelItem(model) }];
		});
	},
};

/**
 * The ID as a path: slashes stay, as documented, and everything else is escaped.
 *
 * @throws InputError for an empty, `.` or `..` segment, which would lead to another endpoint
 */
function toPath(id: string): string {
	const steps = id.split('/');
	if (!steps.some((step) => step === '' || step === '.' || step === '..')) {
		return steps.map(encodeURIComponent).join('/');
	}
	throw new InputError(
		`'Model' isn't a valid ID: ${id}`,
		"Choose a model from the list or enter its ID as 'Get Many' returns it, e.g. openai/gpt-4o.",
	);
}
