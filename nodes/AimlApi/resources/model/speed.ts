import type { IDataObject } from 'n8n-workflow';
import { ApiError } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { METRICS } from '../../../shared/models/endpoints';
import type { Model } from '../../../shared/models/model';
import { unexpectedResponseError } from '../../../shared/transport/apiErrors';
import type { ItemContext } from '../../run/operation';

/** What the API measured of its models, by their IDs and aliases. */
type Speeds = Map<string, IDataObject>;

/**
 * GET /models/metrics: how fast models answer, over the last minutes.
 *
 * @throws ApiError when the response isn't a list
 */
export async function getSpeeds(context: ItemContext): Promise<Speeds> {
	const response = await context.get(METRICS.path, {});
	const { models } = isRecord(response.json) ? response.json : {};
	if (!Array.isArray(models))
		throw new ApiError(unexpectedResponseError(response, 'list of models'));
	const speeds = models.filter(isRecord).map(({ alias, endpoint, metrics }) => {
		const { ttft_ms, tps, duration_ms } = isRecord(metrics) ? metrics : {};
		const speed = {
			endpoint,
			...(isRecord(ttft_ms) && { firstTokenMs: ttft_ms }),
			...(isRecord(tps) && { tokensPerSecond: tps }),
			...(isRecord(duration_ms) && { durationMs: duration_ms }),
		};
		return [String(alias), speed as IDataObject] as const;
	});
	return new Map(speeds);
}

/** @returns null for a model that nobody used in the last minutes */
export const findSpeed = (speeds: Speeds, { id, aliases }: Model): IDataObject | null =>
	[id, ...aliases].map((name) => speeds.get(name)).find((speed) => speed !== undefined) ?? null;
