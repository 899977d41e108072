import type { Operation } from '../shared/run/operation';
import { completeChat } from './resources/chat/completeChat';
import { createEmbedding } from './resources/embedding/createEmbedding';
import { generateImage } from './resources/image/generateImage';
import { generateVideo } from './resources/video/generateVideo';

/** Every operation that calls a model, by resource and operation as the editor names them. */
const operations: Record<string, Record<string, Operation>> = {
	chat: { complete: completeChat },
	embedding: { create: createEmbedding },
	image: { generate: generateImage },
	video: { generate: generateVideo },
};

/** @returns `undefined` for an operation that calls no model */
export function operationOf(resource: string, operation: string): Operation | undefined {
	return operations[resource]?.[operation];
}
