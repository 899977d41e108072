import { bodyError } from '../server/errors';
import type { ModelAnswer, ModelCall } from '../server/modelRoute';
import { costOf, costReport } from '../models/pricing';
import { embed } from './embedding';
import { tokensIn } from './tokens';

const DEFAULT_DIMENSIONS = 1024;
const MAX_DIMENSIONS = 4096;
const DIMENSIONS_BY_MODEL: Record<string, number> = {
	'text-embedding-3-small': 1536,
	'text-embedding-3-large': 3072,
	'text-embedding-ada-002': 1536,
	'text-multilingual-embedding-002': 768,
};

/** One vector for each text. */
export function answerEmbeddings({ model, body }: ModelCall): ModelAnswer {
	const texts = [body.input].flat() as string[];
	const dimensions = parseDimensions(body) ?? DIMENSIONS_BY_MODEL[model.id] ?? DEFAULT_DIMENSIONS;
	const show = body.encoding_format === 'base64' ? toBase64 : (vector: number[]) => vector;
	const tokens = tokensIn(texts.join('').length);
	const usage = { prompt_tokens: tokens, total_tokens: tokens };
	const cost = costOf(model.pricing, { input_token: tokens }, body);
	return {
		body: {
			object: 'list',
			data: texts.map((text, index) => ({
				object: 'embedding',
				index,
				embedding: show(embed(text, dimensions)),
			})),
			model: model.id,
			usage,
			...costReport(cost),
		},
		usage,
		cost,
	};
}

/** @throws a 400 for an impossible number of dimensions, which not every schema rules out */
function parseDimensions({ dimensions }: ModelCall['body']): number | undefined {
	if (dimensions === undefined || dimensions === null) return undefined;
	const count = dimensions as number;
	if (Number.isInteger(count) && count >= 1 && count <= MAX_DIMENSIONS) return count;
	throw bodyError(
		'dimensions',
		`Expected 1 to ${MAX_DIMENSIONS} at dimensions, received ${dimensions}`,
	);
}

/** Little-endian 32-bit floats. */
const toBase64 = (vector: number[]): string =>
	Buffer.from(new Float32Array(vector).buffer).toString('base64');
