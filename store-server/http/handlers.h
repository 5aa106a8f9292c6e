// The handlers of the route table, by what they are about. They translate: request -> service -> answer.
#pragma once

#include "http/route.h"

namespace lanekeeper::http {

using Reply = std::function<void(Result<Answer>)>;

// device_handlers.cpp: the store, devices, people
Result<Answer> hello(Services& services, const Request& request);
Result<Answer> health(Services& services, const Request& request);
Result<Answer> metrics(Services& services, const Request& request);
Result<Answer> request_enrolment(Services& services, const Request& request);
Result<Answer> poll_enrolment(Services& services, const Request& request);
Result<Answer> journal_position(Services& services, const Request& request);
Result<Answer> waiting_enrolments(Services& services, const Request& request);
Result<Answer> approve_enrolment(Services& services, const Request& request);
Result<Answer> reject_enrolment(Services& services, const Request& request);
void sign_in(Services& services, Request request, Reply reply);
Result<Answer> sign_out(Services& services, const Request& request);
Result<Answer> renew_certificate(Services& services, const Request& request);
Result<Answer> store_profile(Services& services, const Request& request);
Result<Answer> list_devices(Services& services, const Request& request);
Result<Answer> revoke_device(Services& services, const Request& request);

// member_handlers.cpp
Result<Answer> member_page(Services& services, const Request& request);

// promotion_handlers.cpp
Result<Answer> promotion_books(Services& services, const Request& request);
Result<Answer> promotion_uses(Services& services, const Request& request);
Result<Answer> reserve_coupon(Services& services, const Request& request);
Result<Answer> release_coupon(Services& services, const Request& request);
Result<Answer> list_promotions(Services& services, const Request& request);
Result<Answer> get_promotions(Services& services, const Request& request);
Result<Answer> publish_promotions(Services& services, const Request& request);
Result<Answer> check_promotions(Services& services, const Request& request);
Result<Answer> restore_promotions(Services& services, const Request& request);
Result<Answer> start_rerating(Services& services, const Request& request);
Result<Answer> rerating_status(Services& services, const Request& request);
Result<Answer> cancel_rerating(Services& services, const Request& request);

// goods_handlers.cpp
Result<Answer> catalogue_page(Services& services, const Request& request);
Result<Answer> list_items(Services& services, const Request& request);
Result<Answer> get_item(Services& services, const Request& request);
Result<Answer> create_item(Services& services, const Request& request);
Result<Answer> update_item(Services& services, const Request& request);
Result<Answer> start_import(Services& services, const Request& request);
Result<Answer> import_status(Services& services, const Request& request);

// lane_handlers.cpp: what the lanes share
Result<Answer> suspend_basket(Services& services, const Request& request);
Result<Answer> list_suspended(Services& services, const Request& request);
Result<Answer> recall_basket(Services& services, const Request& request);
Result<Answer> ask_approval(Services& services, const Request& request);
Result<Answer> list_approvals(Services& services, const Request& request);
Result<Answer> approval_status(Services& services, const Request& request);
Result<Answer> answer_approval(Services& services, const Request& request);
Result<Answer> answer_approval_at_till(Services& services, const Request& request);
Result<Answer> withdraw_approval(Services& services, const Request& request);
Result<Answer> list_shifts(Services& services, const Request& request);
Result<Answer> give_up_shift(Services& services, const Request& request);

// sales_handlers.cpp
void ingest_journal(Services& services, Request request, Reply reply);
Result<Answer> list_sales(Services& services, const Request& request);
Result<Answer> returnable_sale(Services& services, const Request& request);
Result<Answer> search_sales(Services& services, const Request& request);
Result<Answer> release_return(Services& services, const Request& request);
Result<Answer> get_sale(Services& services, const Request& request);
Result<Answer> list_exceptions(Services& services, const Request& request);

// settings_handlers.cpp: what the store lays down for its tills
Result<Answer> get_settings(Services& services, const Request& request);
Result<Answer> change_till_policy(Services& services, const Request& request);
Result<Answer> change_receipt_template(Services& services, const Request& request);
Result<Answer> remove_receipt_template(Services& services, const Request& request);

}  // namespace lanekeeper::http
