import { IMAGE_GENERATIONS } from '../../../shared/catalogue/endpoints';
import { findFiles } from '../../../shared/response/findFiles';
import { toMediaItems } from '../../../shared/response/mediaItems';
import { readCost } from '../../../shared/response/usage';
import { CallFailure } from '../../../shared/run/fault';
import type { Operation } from '../../../shared/run/operation';
import { readUnknownAnswer } from '../../../shared/run/readFault';
import type { IDataObject } from 'n8n-workflow';
import { requestMedia } from '../media/requestMedia';

/** POST /v1/images/generations, for images and 3D models: one item for each file. */
export const generateImage: Operation = {
	endpoint: IMAGE_GENERATIONS,
	startsPaidJob: true,
	modelForm: {
		ownProperties: ['model', 'prompt'],
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				num_images: { type: 'integer', minimum: 1, maximum: 4 },
				seed: { type: 'integer' },
				negative_prompt: { type: 'string' },
				aspect_ratio: { type: 'string' },
				image_size: { anyOf: [{ type: 'string' }, { type: 'object' }] },
				output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
			},
		},
	},
	async perform(call) {
		const { response, facts } = await requestMedia(call, 'prompt');
		const cost = readCost(response.json, response);
		call.book(cost);
		if (!call.field('simplify', true)) return [{ json: response.json as IDataObject }];
		const files = findFiles(response.json);
		if (!files.length) throw new CallFailure(readUnknownAnswer(response, 'file'));
		return await toMediaItems(call, { files, id: response.requestId ?? '', cost, facts });
	},
};
