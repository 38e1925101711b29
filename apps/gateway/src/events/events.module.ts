import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { ClientsModule } from '../clients/index.js';
import { ActOnce } from './act-once.js';
import { AnnounceChangesJob, CHANGE_CALENDAR } from './announce-changes.job.js';
import { changeCalendar } from './calendar.js';
import { Courier } from './courier.js';
import { DeliverJob } from './deliver.job.js';
import { DeliveriesService } from './deliveries.service.js';
import { EndpointKeys } from './endpoint-keys.js';
import { EventLog } from './event-log.js';
import { CreateSubscriptionController } from './http/subscriptions/create-subscription.controller.js';
import { DeleteSubscriptionController } from './http/subscriptions/delete-subscription.controller.js';
import { GetDeliveryController } from './http/deliveries/get-delivery.controller.js';
import { GetStatusController } from './http/status/get-status.controller.js';
import { GetSubscriptionController } from './http/subscriptions/get-subscription.controller.js';
import { ListChangesController } from './http/status/list-changes.controller.js';
import { ListDeliveriesController } from './http/deliveries/list-deliveries.controller.js';
import { ListOutagesController } from './http/status/list-outages.controller.js';
import { ListSubscriptionsController } from './http/subscriptions/list-subscriptions.controller.js';
import { PollEventsController } from './http/poll-events.controller.js';
import { RedeliverController } from './http/deliveries/redeliver.controller.js';
import { ReplaceSubscriptionController } from './http/subscriptions/replace-subscription.controller.js';
import { ReplaySubscriptionController } from './http/subscriptions/replay-subscription.controller.js';
import { RotateKeyController } from './http/subscriptions/rotate-key.controller.js';
import { VerifySubscriptionController } from './http/subscriptions/verify-subscription.controller.js';
import { PollService } from './poll.service.js';
import { RenewSealsJob } from './renew-seals.job.js';
import { ReportDelivery } from './report-delivery.js';
import { StatusService } from './status.service.js';
import { ActStore } from './storage/act.store.pg.js';
import { DeliveryStore } from './storage/delivery.store.pg.js';
import { DueDeliveryStore } from './storage/due-delivery.store.pg.js';
import { EventStore } from './storage/event.store.pg.js';
import { ReaderStore } from './storage/reader.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { SweepEventsJob } from './sweep-events.job.js';
import { ToldChangeStore } from './storage/told-change.store.pg.js';
import { TakeInChangesJob } from './take-in-changes.job.js';
import { WarnOfKeysJob } from './warn-of-keys.job.js';
import { Wake } from './wake.js';

@Module({
  imports: [BankModule, ClientsModule, AuthorizationModule],
  controllers: [
    CreateSubscriptionController,
    ListSubscriptionsController,
    GetSubscriptionController,
    ReplaceSubscriptionController,
    DeleteSubscriptionController,
    RotateKeyController,
    VerifySubscriptionController,
    ReplaySubscriptionController,
    ListDeliveriesController,
    GetDeliveryController,
    RedeliverController,
    PollEventsController,
    GetStatusController,
    ListOutagesController,
    ListChangesController,
  ],
  providers: [
    { provide: CHANGE_CALENDAR, useValue: changeCalendar },
    EventStore,
    SubscriptionStore,
    DeliveryStore,
    DueDeliveryStore,
    ReaderStore,
    ToldChangeStore,
    ActStore,
    ActOnce,
    Wake,
    EventLog,
    EndpointKeys,
    SubscriptionsService,
    DeliveriesService,
    PollService,
    StatusService,
    Courier,
    ReportDelivery,
    DeliverJob,
    TakeInChangesJob,
    AnnounceChangesJob,
    SweepEventsJob,
    WarnOfKeysJob,
    RenewSealsJob,
  ],
})
export class EventsModule {}
