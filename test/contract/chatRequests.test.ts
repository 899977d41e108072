import { isChat } from './contracts';
import { describeRequests } from './describeRequests';

describeRequests(isChat);
